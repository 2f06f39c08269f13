import net from 'node:net';

/** A connection to the program that can be cut, as connections in villages are. */
export type Line = {
	/** The address on this side of it, without a slash at the end. */
	readonly base: string;
	/** Breaks it: what is under way breaks off, and nothing new gets through. */
	cut(): void;
	mend(): void;
	close(): Promise<void>;
};

/** Lays a line to a program. @param base its own address */
export async function layLine(base: string): Promise<Line> {
	const { hostname, port } = new URL(base);
	const open = new Set<net.Socket>();
	let whole = true;
	const server = net.createServer((near) => {
		if (!whole) return near.destroy();
		const far = net.connect(Number(port), hostname);
		for (const socket of [near, far]) {
			open.add(socket);
			socket.on('error', () => undefined).on('close', () => {
				open.delete(socket);
				near.destroy();
				far.destroy();
			});
		}
		near.pipe(far).pipe(near);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('no port');
	const hang = (): void => {
		for (const socket of open) socket.destroy();
	};
	return {
		base: `http://localhost:${address.port}`,
		cut() {
			whole = false;
			hang();
		},
		mend: () => void (whole = true),
		close: () =>
			new Promise((resolve) => {
				hang();
				server.close(() => resolve());
			})
	};
}
