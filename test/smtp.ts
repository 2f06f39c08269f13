import { createServer, type Socket } from 'node:net';

/** A letter as it came over the wire. */
export type Letter = { readonly to: string; readonly text: string };

/** A mail server that takes every letter and delivers none. */
export type Postbox = {
	/** What `SMTP_URL` is set to. */
	readonly url: string;
	readonly letters: readonly Letter[];
	close(): Promise<void>;
};

/** Opens one on this machine alone. */
export async function openPostbox(): Promise<Postbox> {
	const letters: Letter[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket.setEncoding('utf8'));
		socket.on('error', () => undefined);
		socket.on('close', () => sockets.delete(socket));
		converse(socket, letters);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('no port');
	return {
		url: `smtp://127.0.0.1:${address.port}`,
		letters,
		close: () =>
			new Promise((resolve) => {
				for (const socket of sockets) socket.destroy();
				server.close(() => resolve());
			})
	};
}

/** The server's side of SMTP (RFC 5321), as far as a client that sends letters one after the other needs it. */
function converse(socket: Socket, letters: Letter[]): void {
	let rest = '';
	let to = '';
	let inLetter = false;
	const say = (line: string): void => void socket.write(`${line}\r\n`);
	say('220 postbox');
	socket.on('data', (more: string) => {
		rest += more;
		for (;;) {
			const end = rest.indexOf(inLetter ? '\r\n.\r\n' : '\r\n');
			if (end < 0) return;
			const taken = rest.slice(0, end);
			rest = rest.slice(end + (inLetter ? 5 : 2));
			if (inLetter) {
				letters.push({ to, text: readable(taken) });
				inLetter = false;
				say('250 kept');
			} else if (/^DATA$/i.test(taken)) {
				inLetter = true;
				say('354 go on');
			} else if (/^QUIT$/i.test(taken)) {
				say('221 bye');
				socket.end();
			} else {
				to = /^RCPT TO:<([^>]*)>/i.exec(taken)?.[1] ?? to;
				say('250 yes');
			}
		}
	});
}

/** A letter's text without the way it was written for the wire. */
function readable(letter: string): string {
	const [head = '', ...parts] = letter.split('\r\n\r\n');
	const body = parts.join('\r\n\r\n');
	if (/^content-transfer-encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
	if (!/^content-transfer-encoding: quoted-printable/im.test(head)) return body;
	const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}
