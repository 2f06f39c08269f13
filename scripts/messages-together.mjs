import { fileURLToPath } from 'node:url';
import { build } from 'vite';

// Puts the messages together in one file, `build/messages.js`. The compiler makes a module of each message, so that a page's
// files hold only what the page says; what Node runs itself loads all of them, and three thousand files were most of its start.

/** A file of the project by its path. @param {string} name */
const file = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));

await build({
	configFile: false,
	root: file(''),
	logLevel: 'warn',
	publicDir: false,
	plugins: [
		{
			// The language of a request is found by the one runtime that all of the server shares.
			name: 'keep-the-runtime-apart',
			enforce: 'pre',
			resolveId: (id) => (id.endsWith('/runtime.js') ? { id: '#paraglide/runtime.js', external: true } : null)
		}
	],
	build: {
		ssr: file('src/paraglide/messages.js'),
		outDir: file('build'),
		emptyOutDir: false,
		minify: true,
		rolldownOptions: { treeshake: false, output: { format: 'es', entryFileNames: 'messages.js', comments: false } }
	}
});
