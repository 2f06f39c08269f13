import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const name = 'virtual:filling-files';
const generated = '.svelte-kit/generated/build/client-optimized';
const output = '.svelte-kit/output/client';

/** The pages that open without a connection. */
const pages = ['routes/c/[token]/+page.svelte', 'routes/c/device/+page.svelte', 'routes/p/[programme]/assessment/rounds/[round]/fill/+page.svelte'];

/**
 * Tells the worker of the filling pages what these pages are made of: scripts, styles and WebAssembly, the parts that load later
 * too, and nothing of any other page. Letters are left out: these pages are written in the device's own.
 *
 * @returns {import('vite').Plugin}
 */
export function fillingFiles() {
	return {
		name: 'filling-files',
		apply: 'build',
		applyToEnvironment: (environment) => environment.name === 'serviceWorker',
		resolveId: (id) => (id === name ? `\0${name}` : undefined),
		load(id) {
			if (id !== `\0${name}`) return undefined;
			/** @type {import('vite').Manifest} */
			const manifest = JSON.parse(readFileSync(path.join(output, '.vite/manifest.json'), 'utf8'));
			const files = new Set([...filesIn('_app/immutable/assets', '.wasm'), ...filesIn('_app/immutable/workers', '.js')]);
			// The layout and the error page surround every page; one entry imports all pages, which are followed from here instead.
			const nodes = [...nodesOf(['routes/+layout.svelte', 'routes/+error.svelte']), ...nodesOf(pages)];
			const entries = Object.keys(manifest).filter((key) => manifest[key]?.isEntry && !key.includes('/nodes/'));
			const keys = nodes.map((node) => Object.keys(manifest).find((key) => key.endsWith(`/nodes/${node}`)));
			if (entries.length === 0 || keys.some((key) => key === undefined)) this.error('The build is put together in another way: look at scripts/filling-files.mjs.');
			for (const key of entries) gather(manifest, key, files, !key.endsWith('/app.js'));
			for (const key of keys) if (key) gather(manifest, key, files, true);
			return `export const files = ${JSON.stringify([...files].filter((file) => !/\.woff2?$/.test(file)).map((file) => `/${file}`))};`;
		}
	};
}

/** @param {readonly string[]} wanted paths below src/ */
function nodesOf(wanted) {
	const folder = path.join(generated, 'nodes');
	const found = readdirSync(folder).filter((file) => {
		const text = readFileSync(path.join(folder, file), 'utf8');
		return wanted.some((page) => text.includes(`/${page}"`) || text.includes(`/${page}'`));
	});
	if (found.length !== wanted.length) throw new Error(`Of ${wanted.length} filling pages ${found.length} were found in the build: look at scripts/filling-files.mjs.`);
	return found;
}

/**
 * @param {import('vite').Manifest} manifest
 * @param {string} key
 * @param {Set<string>} files
 * @param {boolean} later whether what loads later belongs to it
 */
function gather(manifest, key, files, later, seen = new Set()) {
	const chunk = manifest[key];
	if (!chunk || seen.has(key)) return;
	seen.add(key);
	for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
	for (const next of [...(chunk.imports ?? []), ...(later ? (chunk.dynamicImports ?? []) : [])]) gather(manifest, next, files, later, seen);
}

/**
 * What scripts name without importing it: the form engine's WebAssembly, and the small script of every page.
 * @param {string} folder
 * @param {string} ending
 */
function filesIn(folder, ending) {
	const whole = path.join(output, folder);
	return existsSync(whole) ? readdirSync(whole).filter((file) => file.endsWith(ending)).map((file) => `${folder}/${file}`) : [];
}
