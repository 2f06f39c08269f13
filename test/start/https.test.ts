import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ended, freePort, scratchFolder, startApp } from '../app.ts';

const hasNginx = spawnSync('nginx', ['-v']).status === 0;
const hasCaddy = spawnSync('caddy', ['version']).status === 0;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const shipped = (name: string): string => readFileSync(fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url)), 'utf8');

let folder: string;
let cert: string;
let key: string;
beforeAll(() => {
	folder = scratchFolder();
	cert = path.join(folder, 'cert.pem');
	key = path.join(folder, 'key.pem');
	if (!hasOpenssl) return;
	const made = spawnSync('openssl', [
		'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=hamkor.example.org', '-keyout', key, '-out', cert
	]);
	expect(made.status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Answer = { status: number; headers: NodeJS.Dict<string | string[]> };

/** Asks by HTTPS under the name of the certificate, which no name server needs to know. */
function ask(port: number, address: string, headers: Record<string, string> = {}): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const asked = request(
			{ port, host: '127.0.0.1', path: address, servername: 'hamkor.example.org', rejectUnauthorized: false, headers },
			(response) => {
				response.resume();
				response.once('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers }));
			}
		);
		asked.once('error', reject);
		asked.end();
	});
}

describe.skipIf(!hasOpenssl)('with certificate files of its own (needs openssl to make some)', () => {
	it('answers by HTTPS and asks browsers to keep to it', async () => {
		const app = await startApp({ env: { HAMKOR_TLS_CERT: cert, HAMKOR_TLS_KEY: key } });
		expect(app.base).toMatch(/^https:\/\/localhost:\d+$/);
		const answer = await ask(Number(new URL(app.base).port), '/ready');
		expect(answer.status).toBe(200);
		expect(answer.headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
		expect(await app.stop()).toBe(0);
	});
});

describe.skipIf(!hasOpenssl || !hasNginx)('behind the shipped nginx configuration (needs nginx on this machine)', () => {
	it('is reached by HTTPS, and believes the proxy but nobody else', async () => {
		const [httpPort, httpsPort, appPort] = [await freePort(), await freePort(), await freePort()];
		const app = await startApp({
			env: { HAMKOR_ORIGIN: 'https://hamkor.example.org', HAMKOR_TRUSTED_PROXY: '127.0.0.1', PORT: String(appPort) }
		});
		const server = shipped('nginx.conf')
			.replace('listen 80;', `listen 127.0.0.1:${httpPort};`)
			.replace('listen 443 ssl http2;', `listen 127.0.0.1:${httpsPort} ssl http2;`)
			.replace('/etc/ssl/hamkor/fullchain.pem', cert)
			.replace('/etc/ssl/hamkor/privkey.pem', key)
			.replace('/var/log/nginx/hamkor-error.log', path.join(folder, 'error.log'))
			.replace('127.0.0.1:3000', `127.0.0.1:${appPort}`);
		const main = path.join(folder, 'nginx.conf');
		writeFileSync(main, `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/main.log; events {} http { ${server} }\n`);
		const nginx = spawn('nginx', ['-c', main, '-e', `${folder}/start.log`], { stdio: 'ignore' });
		try {
			await expect
				.poll(() => ask(httpsPort, '/ready').then(({ status }) => status, () => 0), { timeout: 10_000 })
				.toBe(200);
			const page = await ask(httpsPort, '/uz');
			expect(page.headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
			expect(page.headers['content-security-policy']).toContain("default-src 'none'");
			const home = await ask(httpsPort, '/', { host: 'hamkor.example.org' });
			expect(home.status).toBe(307);
			const plain = await fetch(`http://127.0.0.1:${httpPort}/uz`, { redirect: 'manual' });
			expect(plain.status).toBe(308);
			expect(readFileSync(path.join(folder, 'main.log'), 'utf8')).not.toMatch(/\[(?:emerg|alert|crit)\]/);
		} finally {
			const gone = ended(nginx);
			nginx.kill('SIGTERM');
			await gone;
			expect(await app.stop()).toBe(0);
		}
	});
});

describe.skipIf(!hasOpenssl || !hasCaddy)('behind the shipped Caddy configuration (needs caddy on this machine)', () => {
	it('is reached by HTTPS under the public name', async () => {
		const [httpPort, httpsPort, appPort] = [await freePort(), await freePort(), await freePort()];
		const app = await startApp({
			env: { HAMKOR_ORIGIN: 'https://hamkor.example.org', HAMKOR_TRUSTED_PROXY: '127.0.0.1', PORT: String(appPort) }
		});
		const file = path.join(folder, 'Caddyfile');
		const named = shipped('Caddyfile')
			.replace('admin off', `admin off\n\thttp_port ${httpPort}\n\thttps_port ${httpsPort}\n\tdefault_bind 127.0.0.1`)
			.replace('\nhamkor.example.org {', `\nhamkor.example.org {\n\ttls ${cert} ${key}`)
			.replace('127.0.0.1:3000', `127.0.0.1:${appPort}`);
		writeFileSync(file, named);
		const caddy = spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], {
			stdio: 'ignore',
			env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
		});
		try {
			const asked = (address: string): Promise<Answer> => ask(httpsPort, address, { host: 'hamkor.example.org' });
			await expect.poll(() => asked('/ready').then(({ status }) => status, () => 0), { timeout: 10_000 }).toBe(200);
			const page = await asked('/uz');
			expect(page.headers['strict-transport-security']).toMatch(/max-age=\d{8}/);
			expect(page.headers['content-security-policy']).toContain("default-src 'none'");
			expect(page.headers.server).toBeUndefined();
			expect((await asked('/')).status).toBe(307);
		} finally {
			const gone = ended(caddy);
			caddy.kill('SIGTERM');
			await gone;
			expect(await app.stop()).toBe(0);
		}
	});
});

describe('without a proxy', () => {
	it('does not believe what anyone else says about HTTPS', async () => {
		const app = await startApp();
		const answer = await fetch(`${app.base}/uz`, { headers: { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' } });
		expect(answer.headers.has('strict-transport-security')).toBe(false);
		expect(await app.stop()).toBe(0);
	});
});
