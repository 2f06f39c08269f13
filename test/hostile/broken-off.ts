import { connect } from 'node:net';

/** A request whose answer nobody waits for. */
export type BrokenOff = {
	/** The request's first line, without the version. */
	readonly line: string;
	readonly headers: Readonly<Record<string, string>>;
	/** What is sent of the body. The headers may promise more. */
	readonly body?: string;
	/** When the line breaks: so many milliseconds after the request, or as soon as the answer begins. */
	readonly when: number | 'answered';
	/** As when a phone loses its network, rather than as when somebody closes the window. */
	readonly reset: boolean;
};

/** Sends a request and goes away. Resolves when the line is gone. */
export function breakOff(base: string, { line, headers, body = '', when, reset }: BrokenOff): Promise<void> {
	const { hostname, port, host } = new URL(base);
	return new Promise((resolve) => {
		const socket = connect(Number(port), hostname, () => {
			socket.write([`${line} HTTP/1.1`, `host: ${host}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n'));
			if (when !== 'answered') setTimeout(leave, when);
		});
		const leave = (): unknown => (reset ? socket.resetAndDestroy() : socket.destroy());
		if (when === 'answered') socket.once('data', leave);
		else socket.resume();
		socket.on('error', () => {});
		socket.once('close', () => resolve());
	});
}
