import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { z } from 'zod';

const flags = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync'
];

/** Where systems keep a Chrome or Chromium. */
const usualPlaces = [
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'
];

/** Milliseconds for one step on a page. A machine that builds and tests at the same time is slow; only what never comes shall fail. */
const patience = 90_000;

/** Starts a headless browser whose pages wait for each step as long as a busy machine may need. */
export async function launchBrowser(): Promise<Browser> {
	const browser = await chromium.launch(await browserProgram());
	browser.on('context', (context) => context.setDefaultTimeout(patience));
	return browser;
}

/** A browser on a profile of its own, as a process that can be killed like a phone that loses its battery. */
export type BrowserProcess = {
	readonly browser: Browser;
	/** Kills it and everything it started, at once and without a word. */
	kill(): Promise<void>;
};

/** Starts a browser on a profile that outlives it. @param profile its folder */
export async function startOnProfile(profile: string): Promise<BrowserProcess> {
	const { executablePath, args, env } = await browserProgram();
	const child = spawn(executablePath, [...args, '--headless=new', '--remote-debugging-port=0', '--hide-crash-restore-bubble', `--user-data-dir=${profile}`, 'about:blank'], {
		env, detached: true, stdio: ['ignore', 'ignore', 'pipe']
	});
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const address = await new Promise<string>((resolve, reject) => {
		let said = '';
		child.stderr.setEncoding('utf8').on('data', (more: string) => {
			said += more;
			const [, found] = /DevTools listening on (ws:\/\/\S+)/.exec(said) ?? [];
			if (found) resolve(found);
		});
		child.once('exit', () => reject(new Error(`the browser ended:\n${said}`)));
	});
	const browser = await chromium.connectOverCDP(address);
	for (const context of browser.contexts()) context.setDefaultTimeout(patience);
	return {
		browser,
		async kill() {
			if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, 'SIGKILL');
			await gone;
			await browser.close().catch(() => undefined);
		}
	};
}

/**
 * The browser as a program: the one CHROME_PATH names, else one of the machine, else the Chromium that came with the
 * packages (Linux x64), which needs nothing else to be installed. HAMKOR_BROWSER=npm asks for the last one.
 */
async function browserProgram(): Promise<{ executablePath: string; args: string[]; env: Record<string, string> }> {
	const own = [process.env['CHROME_PATH'], ...usualPlaces].find((file) => file && existsSync(file));
	if (own && process.env['HAMKOR_BROWSER'] !== 'npm') return { executablePath: own, args: flags, env: plainEnvironment() };
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new Error('No Chrome was found on this machine: install one, or set CHROME_PATH.');
	}
	const folder = packagedFolder();
	return { executablePath: await unpack(folder), args: flags, env: environmentFor(folder) };
}

function plainEnvironment(): Record<string, string> {
	const env: Record<string, string> = {};
	for (const [name, value] of Object.entries(process.env)) if (value !== undefined) env[name] = value;
	return env;
}

/** One folder per version, beside the packages: unpacked once, then kept. */
function packagedFolder(): string {
	const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
	const home = entry.slice(0, entry.lastIndexOf('chromium') + 'chromium'.length);
	const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')));
	const folder = path.resolve('node_modules/.cache', `chromium-${version}`);
	mkdirSync(folder, { recursive: true });
	return folder;
}

const packagedSchema = z.object({
	default: z.custom<{ executablePath(): Promise<string>; setGraphicsMode: boolean }>((value) => typeof value === 'function')
});

/** The package unpacks into TMPDIR, and brings nss and nspr along only where it believes to run in its usual home. */
async function unpack(folder: string): Promise<string> {
	const before = { TMPDIR: process.env['TMPDIR'], AWS_EXECUTION_ENV: process.env['AWS_EXECUTION_ENV'] };
	process.env['TMPDIR'] = folder;
	process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
	try {
		const { default: packaged } = packagedSchema.parse(await import('@sparticuz/chromium'));
		packaged.setGraphicsMode = false;
		return await packaged.executablePath();
	} finally {
		for (const [name, value] of Object.entries(before)) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
	}
}

/** Its own font list names a folder under /tmp alone, and Chromium ends without any font. */
function environmentFor(folder: string): Record<string, string> {
	const fonts = path.join(folder, 'fonts.conf');
	writeFileSync(
		fonts,
		'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>' +
			`<dir>${folder}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>`
	);
	const kept = Object.entries(process.env).filter(([name]) => name !== 'TMPDIR' && name !== 'FONTCONFIG_PATH');
	const env: Record<string, string> = {};
	for (const [name, value] of kept) if (value !== undefined) env[name] = value;
	return { ...env, LD_LIBRARY_PATH: path.join(folder, 'al2023/lib'), FONTCONFIG_FILE: fonts };
}
