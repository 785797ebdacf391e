"""Rooms of sockets. Each process subscribes once to a room, encodes a frame once, and writes it to every socket of its
own; Channels keeps routing, sign-in and the life of a socket. Hints only: what is lost here, the database still knows.
"""
