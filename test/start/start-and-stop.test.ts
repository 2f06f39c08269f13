import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningPostgres } from '#server/postgres.ts';
import { ended, scratchFolder, spawnApp, startApp, usedFolder, type App } from '../app.ts';

const ready = async (base: string): Promise<number> => (await fetch(`${base}/ready`)).status;

/** Asks until the program is ready again. */
async function readyAgain(base: string): Promise<void> {
	await expect.poll(() => ready(base).catch(() => 0), { timeout: 20_000, interval: 50 }).toBe(200);
}

const postmaster = (folder: string): number => {
	const noted = path.join(folder, 'data/postgres-folder');
	const inside = existsSync(path.join(folder, 'data/database')) ? path.join(folder, 'data/database') : path.join(folder, 'data');
	const home = existsSync(noted) ? readFileSync(noted, 'utf8').trim() : inside;
	return Number(readFileSync(path.join(home, 'postgres-18/postmaster.pid'), 'utf8').split('\n')[0]);
};

describe('a program that runs', () => {
	let app: App;
	const folder = scratchFolder();
	beforeAll(async () => {
		app = await startApp({ folder, env: { NODE_ENV: 'production' } });
	});
	afterAll(async () => {
		await app.stop();
		rmSync(folder, { recursive: true, force: true });
	});

	it('prints one address', () => {
		expect(app.said().match(/https?:\/\/\S+/g)).toHaveLength(1);
	});

	it('is up and ready', async () => {
		expect((await fetch(`${app.base}/health`)).status).toBe(200);
		expect(await ready(app.base)).toBe(200);
		expect((await fetch(`${app.base}/health`, { method: 'POST' })).status).toBe(405);
	});

	it('sends the security headers with pages, doors, files and what is not there', async () => {
		for (const address of ['/', '/health', '/robots.txt', '/uz/nothing-here']) {
			const { headers } = await fetch(app.base + address, { redirect: 'manual' });
			expect(headers.get('x-content-type-options'), address).toBe('nosniff');
			expect(headers.get('referrer-policy'), address).toBe('same-origin');
			expect(headers.get('cross-origin-opener-policy'), address).toBe('same-origin');
			expect(headers.get('content-security-policy'), address).toContain("default-src 'none'");
			expect(headers.get('content-security-policy'), address).toContain("frame-ancestors 'none'");
			expect(headers.has('strict-transport-security'), address).toBe(false);
		}
	});

	it('answers to no foreign name', async () => {
		const port = Number(new URL(app.base).port);
		const answer = await raw(port, 'GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n');
		expect(answer).toMatch(/^HTTP\/1\.1 421 /);
	});

	it('answers bad requests with a 4xx', async () => {
		const port = Number(new URL(app.base).port);
		const bad = (start: string): Promise<string> => raw(port, `${start}\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
		expect(await bad('GET //evil.example/ HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 /);
		expect(await bad(`GET /${'a'.repeat(5000)} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 414 /);
		expect(await bad(`GET /${'a'.repeat(20_000)} HTTP/1.1`)).toMatch(/^HTTP\/1\.1 431 /);
	});

	it('takes no backslash for a slash, and leads nobody elsewhere', async () => {
		const port = Number(new URL(app.base).port);
		for (const target of ['/\\evil.example', '/uz\\..\\..//evil.example', '//evil.example/uz', '/\\evil.example/health']) {
			expect(await raw(port, `GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`), target).toMatch(/^HTTP\/1\.1 400 /);
		}
		for (const path of ['/.//evil.example', '/%5Cevil.example', '/uz-cyrl//evil.example', '/UZ%2F%2Fevil.example', '/uz/unlock?to=//evil.example']) {
			const { status, headers } = await fetch(app.base + path, { redirect: 'manual' });
			const to = headers.get('location');
			if (to !== null) expect(new URL(to, app.base).origin, `${path} ${status}`).toBe(app.base);
		}
	});

	it('lets no browser keep a page that shows what opens doors', async () => {
		for (const path of ['/uz/sign-in', '/uz/first-run', '/uz/invitation/nothing', '/uz/c/nothing', '/uz/demo-sign-in']) {
			expect((await fetch(app.base + path, { redirect: 'manual' })).headers.get('cache-control'), path).toBe('no-store');
		}
	});

	it('logs requests without addresses, queries or tokens', async () => {
		await fetch(`${app.base}/?name=Malika`);
		await fetch(`${app.base}/key/ABCD-EFGH/formList`);
		await expect.poll(() => app.said()).toContain('"path":"/key/*/*"');
		expect(app.said()).not.toMatch(/127\.0\.0\.1|Malika|ABCD-EFGH/);
	});

	it('lets a second program on the same data folder know', async () => {
		const second = spawnApp({ folder: app.folder });
		expect(await ended(second.process)).toBe(1);
		expect(second.said()).toMatch(/^The data folder .* is in use by another Hamkor \(npm start, process \d+\): stop that one first/);
	});

	it('brings PostgreSQL back when it is killed', async () => {
		process.kill(postmaster(app.folder), 'SIGKILL');
		// Whoever asks meanwhile is told to try again: a page by its session, an app by its link.
		const answers: string[] = [];
		const ask = async (path: string): Promise<void> => {
			const { status } = await fetch(app.base + path, { headers: { cookie: `hamkor_session=${randomUUID()}` } });
			answers.push(`${status} ${path.slice(0, 4)}`);
		};
		const until = performance.now() + 5000;
		while (!answers.includes('503 /uz/') && performance.now() < until) await Promise.all([ask('/uz/help'), ask(`/key/${randomUUID()}/formList`)]);
		await readyAgain(app.base);
		expect(answers).toContain('503 /uz/');
		expect(answers.filter((answer) => !/^(?:503|404|403|303|307|200) /.test(answer))).toEqual([]);
	});
});

describe('stopping', () => {
	it('finishes a request that was accepted, then stops everything', async () => {
		const app = await startApp();
		const pid = postmaster(app.folder);
		const port = Number(new URL(app.base).port);
		const body = 'a=1';
		const socket = connect(port, '127.0.0.1');
		let answer = '';
		socket.setEncoding('utf8').on('data', (text: string) => (answer += text));
		const closed = new Promise((resolve) => socket.once('close', resolve));
		socket.write(
			`POST /uz/nothing-here HTTP/1.1\r\nHost: localhost\r\nOrigin: ${app.base}\r\nContent-Type: application/x-www-form-urlencoded\r\n` +
				`Content-Length: ${body.length}\r\n\r\n`
		);
		await new Promise((resolve) => setTimeout(resolve, 200));
		const stopped = app.stop();
		await new Promise((resolve) => setTimeout(resolve, 300));
		await expect(fetch(`${app.base}/health`)).rejects.toThrow();
		socket.write(body);
		await closed;
		expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
		expect(await stopped).toBe(0);
		expect(() => process.kill(pid, 0)).toThrow('ESRCH');
	});
});

describe('starting again', () => {
	it('recovers after the program was killed, with its database left running', async () => {
		const folder = usedFolder();
		const killed = await startApp({ folder, durable: true });
		killed.process.kill('SIGKILL');
		await ended(killed.process);
		const again = await startApp({ folder, durable: true });
		expect(await ready(again.base)).toBe(200);
		expect(await again.stop()).toBe(0);
		rmSync(folder, { recursive: true, force: true });
	});

	it('takes up again what a killed program was doing', async () => {
		const folder = usedFolder();
		const killed = await startApp({ folder, durable: true });
		killed.process.kill('SIGKILL');
		await ended(killed.process);
		const owner = new pg.Pool({ ...runningPostgres(path.join(folder, 'data')).owner, max: 1 });
		await owner.query(`select graphile_worker.add_job('forget-kept-forms')`);
		await owner.query(`update graphile_worker._private_jobs set locked_by = 'killed', locked_at = now(), attempts = 1`);
		await owner.end();
		const again = await startApp({ folder, durable: true });
		const asked = new pg.Pool({ ...runningPostgres(path.join(folder, 'data')).owner, max: 1 });
		await expect.poll(async () => (await asked.query(`select 1 from graphile_worker.jobs where task_identifier = 'forget-kept-forms'`)).rowCount, { timeout: 20_000 }).toBe(0);
		await asked.end();
		expect(await again.stop()).toBe(0);
		rmSync(folder, { recursive: true, force: true });
	});

	it('recovers after the program and PostgreSQL were killed together', async () => {
		const folder = usedFolder();
		const killed = await startApp({ folder, durable: true });
		process.kill(postmaster(folder), 'SIGKILL');
		killed.process.kill('SIGKILL');
		await ended(killed.process);
		const again = await startApp({ folder, durable: true });
		expect(await ready(again.base)).toBe(200);
		expect(await again.stop()).toBe(0);
		rmSync(folder, { recursive: true, force: true });
	});
});

/** Whether this account may mount a small disk to fill. */
const canMount = ((): boolean => {
	const folder = scratchFolder();
	const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
	if (mounted) spawnSync('umount', [folder]);
	rmSync(folder, { recursive: true, force: true });
	return mounted;
})();

describe('what cannot start says why in one sentence', () => {
	const refused = async (env: Record<string, string>, prepare?: (folder: string) => void): Promise<string> => {
		const folder = scratchFolder();
		prepare?.(folder);
		const { process: child, said } = spawnApp({ folder, env });
		expect(await ended(child)).toBe(1);
		rmSync(folder, { recursive: true, force: true });
		const text = said().trim();
		expect(text.split('\n')).toHaveLength(1);
		return text;
	};

	it('a taken port', async () => {
		const other = createServer();
		const port = await new Promise<number>((resolve) => {
			other.listen(0, '127.0.0.1', () => {
				const address = other.address();
				resolve(typeof address === 'object' && address !== null ? address.port : 0);
			});
		});
		expect(await refused({ PORT: String(port) })).toMatch(/^Port \d+ is taken by another program: .*choose another port/);
		other.close();
	});

	it.skipIf(!canMount)('a full disk (needs the right to mount one)', async () => {
		const small = scratchFolder();
		expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', small]).status).toBe(0);
		try {
			const text = await refused({ HAMKOR_DATA: path.join(small, 'data') });
			expect(text).toMatch(/^The disk is full: \d+ MB are free where the data folder .* lies\. Free at least \d+ MB, then start again\.$/);
		} finally {
			spawnSync('umount', [small]);
			rmSync(small, { recursive: true, force: true });
		}
	});

	it('a data folder of a newer version', async () => {
		const text = await refused({}, (folder) => {
			mkdirSync(path.join(folder, 'data'));
			writeFileSync(path.join(folder, 'data/version'), '99\n');
		});
		expect(text).toMatch(/was written by a newer version of Hamkor than this one: start that newer version/);
	});

	it('a data folder that is a file', async () => {
		const text = await refused({}, (folder) => writeFileSync(path.join(folder, 'data'), ''));
		expect(text).toMatch(/is not a folder: set HAMKOR_DATA/);
	});

	it('a setting that is not possible', async () => {
		expect(await refused({ PORT: 'abc' })).toBe('The setting PORT is "abc", which is not possible: it should be a number from 0 to 65535.');
		expect(await refused({ DATABASE_URL: 'mysql://a:secret@b/c' })).not.toContain('secret');
	});

	it('a database that cannot be reached', async () => {
		expect(await refused({ DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/c' })).toMatch(/^The PostgreSQL of DATABASE_URL cannot be reached \(ECONNREFUSED\)/);
	});

	it('certificate files that are not there', async () => {
		expect(await refused({ HAMKOR_TLS_CERT: '/nowhere/c.pem', HAMKOR_TLS_KEY: '/nowhere/k.pem' })).toMatch(/cannot be used \(one of the files is not there\)/);
	});
});

/** Sends bytes as they are and answers with all that comes back. */
function raw(port: number, text: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, '127.0.0.1', () => socket.write(text));
		let answer = '';
		socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
		socket.once('close', () => resolve(answer));
		socket.once('error', reject);
	});
}
