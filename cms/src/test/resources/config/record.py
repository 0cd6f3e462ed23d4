# Runs configuration files in CPython with stand-ins that write down what they were told.
# The Java side writes the same lines from the same files; see CpythonTest.
import sys

sys.setrecursionlimit(5000)
out = []


class Entity:
    def __init__(self, title):
        object.__setattr__(self, "title", title)

    def __setattr__(self, name, value):
        out.append("set %s.%s = %s" % (self.title, name, shown(value)))
        object.__setattr__(self, name, value)

    def __repr__(self):
        return "<%s>" % self.title


def shown(value):
    return "a function" if callable(value) and not isinstance(value, Entity) else ascii(value)


def stand_in(name, result):
    def called(*args, **kwargs):
        given = [shown(a) for a in args] + ["%s=%s" % (k, shown(v)) for k, v in kwargs.items()]
        out.append("%s(%s)" % (name, ", ".join(given)))
        return Entity(result) if result else None

    return called


def names():
    return {
        "cfg": Entity("cfg"),
        "Office365_Account": stand_in("Office365_Account", "an account"),
        "GMail_Account": stand_in("GMail_Account", "an account"),
        "OAuth2_Account": stand_in("OAuth2_Account", "an account"),
        "Registration": stand_in("Registration", None),
        "Office365": stand_in("Office365", "a mailbox"),
        "GMail": stand_in("GMail", "a mailbox"),
        "MailDir": stand_in("MailDir", "a mailbox"),
        "CredentialServer": stand_in("CredentialServer", None),
        "seen": stand_in("seen", None),
    }


for path in sys.argv[1:]:
    out.clear()
    known = names()
    space = dict(known)
    try:
        with open(path, encoding="utf-8-sig") as file:
            exec(compile(file.read(), path, "exec"), space)
        for name, value in space.items():
            if name not in known and not name.startswith("__") and not callable(value):
                out.append("%s = %s" % (name, ascii(value)))
    except Exception as error:
        out.append("error")
    print("== " + path)
    for line in out:
        print(line)
