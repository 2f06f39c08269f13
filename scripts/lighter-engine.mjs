/** The parts of crypto-js that the form engine's functions use: `digest()` and the seeds of its shuffling. */
const hashes = ['Core', 'X64Core', 'LibTypedarrays', 'EncBase64', 'Md5', 'Sha1', 'Sha256', 'Sha512', 'Sha384'];

/** How the published engine gathers all of crypto-js, ciphers included, of which it calls five hashes. */
const gathering = /module\.exports = factory\((?:require\w+\(\)(?:, )?)+\);/g;

/** Two places in the loader of WebAssembly that stand for modules of another kind than ours. */
const directEval = /(?<![\w$.])eval\(func\)/g;

/** How the published engine carries its two WebAssembly modules. */
const inText = /"data:application\/wasm;base64,([A-Za-z0-9+/=]+)"/g;

/**
 * Makes the form engine lighter for the browser: its WebAssembly travels as files of its own (text in base64 packs a third
 * worse), and ciphers that nothing calls are left out. What it computes is the same. An engine that is put together in another
 * way stops the build, so that nobody ships the weight, or a broken engine, without knowing.
 *
 * @returns {import('vite').Plugin}
 */
export function lighterEngine() {
	return {
		name: 'lighter-engine',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		transform: {
			filter: { id: /@getodk\/xforms-engine\/dist\/index\.js/ },
			handler(code) {
				let modules = 0;
				const names = ['xpath', 'tree-sitter'];
				const withFiles = code.replace(inText, (_, base64) => {
					const file = this.emitFile({ type: 'asset', name: `${names[modules] ?? 'module'}.wasm`, source: Buffer.from(base64, 'base64') });
					modules += 1;
					return `import.meta.ROLLUP_FILE_URL_${file}`;
				});
				let gatherings = 0;
				const lighter = withFiles.replace(gathering, (found) => {
					if (!found.includes('requireBlowfish()')) return found;
					gatherings += 1;
					return `module.exports = factory(${hashes.map((name) => `require${name}()`).join(', ')});`;
				});
				// A direct eval sees every name of the file, so none could be shortened or left out. Ours never runs: the policy forbids it.
				const direct = lighter.match(directEval)?.length;
				if (modules !== 2 || gatherings !== 1 || direct !== 2) {
					this.error(`The form engine is put together in another way (${modules} modules, ${gatherings} gatherings, ${direct} evals): look at scripts/lighter-engine.mjs.`);
				}
				return { code: lighter.replace(directEval, '(0, eval)(func)'), map: null };
			}
		}
	};
}
