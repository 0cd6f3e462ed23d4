# For offlineimaprc: to ~/.offlineimap.py.
import subprocess


def cms_token(user, socket):
    command = ["cms-oauth", "--user=" + user, "--cms_sock=" + socket, "--proto=IMAP", "--output=token"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise RuntimeError("no token; cms-oauth has said why")
    return done.stdout.strip()
