"""A mail server for the tests: takes mails into a folder, and refuses, delays and drops as the address says.

busy…@ is put off once (451), unknown…@ is refused for good (550), slow…@ is answered after ten seconds, dropped…@ loses
the connection once in the middle. With a user and a password as arguments it asks for them. Prints its port when it listens.
"""

import asyncio
import email
import email.policy
import json
import pathlib
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder = pathlib.Path(sys.argv[1])
wanted = sys.argv[2:4]
seen = set()
count = 0


def once(address):
    """Whether an address is new."""
    known = address in seen
    seen.add(address)
    return not known


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("busy") and once(address):
            return "451 4.3.0 try again later"
        if address.startswith("unknown"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        to = envelope.rcpt_tos[0]
        if to.startswith("slow"):
            await asyncio.sleep(10)
        if to.startswith("dropped") and once(to):
            server.transport.abort()
            return "421 gone"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = message.get_body(preferencelist=("plain",))
        kept = {
            "to": to,
            "subject": message["subject"],
            "body": body.get_content().replace("\r\n", "\n"),
            "headers": [name for name in message.keys()],
            "id": message["message-id"],
            "name": message["to"].addresses[0].display_name,
            "attachments": [part.get_content() for part in message.iter_attachments()],
        }
        count += 1
        whole = folder / f"{count:06}.json"
        part = whole.with_suffix(".part")
        part.write_text(json.dumps(kept))
        part.rename(whole)
        return "250 OK"


def known(server, session, envelope, mechanism, data):
    is_right = isinstance(data, LoginPassword) and [data.login.decode(), data.password.decode()] == wanted
    # Not handled: the server itself says 535.
    return AuthResult(success=is_right, handled=is_right)


def connection():
    options = {"authenticator": known, "auth_required": True, "auth_require_tls": False} if wanted else {}
    return SMTP(Handler(), hostname="localhost", **options)


async def main():
    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
