#!/usr/bin/env python3
"""A desktop's notifications: owns the name on the session bus and prints one line for each call."""
import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME = "org.freedesktop.Notifications"
DBusGMainLoop(set_as_default=True)
bus = dbus.SessionBus()


class Server(dbus.service.Object):
    last = 0

    @dbus.service.method(NAME, in_signature="susssasa{sv}i", out_signature="u")
    def Notify(self, app, replaces, icon, summary, body, actions, hints, timeout):
        Server.last += 1
        number = int(replaces) or Server.last
        print(f"notify {number} {app}: {summary}: {str(body)!r}", flush=True)
        return dbus.UInt32(number)

    @dbus.service.method(NAME, in_signature="u", out_signature="")
    def CloseNotification(self, number):
        print(f"close {number}", flush=True)


name = dbus.service.BusName(NAME, bus)
server = Server(bus, "/" + NAME.replace(".", "/"))
print("ready", flush=True)
GLib.MainLoop().run()
