import { fileURLToPath } from 'node:url';
import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { defineConfig } from 'vite';
import { fillingFiles } from './scripts/filling-files.mjs';
import { lighterEngine } from './scripts/lighter-engine.mjs';
import { paraglideOptions } from './scripts/paraglide.mjs';

export default defineConfig({
	// Of the messages a page takes its own; only what Node runs itself has all of them from one file (scripts/messages-together.mjs).
	resolve: { alias: { '#paraglide/messages.js': fileURLToPath(new URL('src/paraglide/messages.js', import.meta.url)) } },
	plugins: [
		paraglideVitePlugin(paraglideOptions),
		lighterEngine(),
		fillingFiles(),
		sveltekit({
			adapter: adapter(),
			// One page stands in for others at addresses of other depths when there is no connection: what it loads is named from the root.
			paths: { relative: false },
			// Registered by the filling pages themselves, for their own folders: by itself it would stand over every page.
			serviceWorker: { register: false },
			// Cross-site form posts are refused by Kit itself; machine doors are answered in server/ before Kit sees them.
			csp: {
				mode: 'auto',
				directives: {
					'default-src': ['none'],
					'base-uri': ['none'],
					'connect-src': ['self'],
					'font-src': ['self'],
					'form-action': ['self'],
					'frame-ancestors': ['none'],
					'img-src': ['self', 'data:'],
					'manifest-src': ['self'],
					'media-src': ['self'],
					'script-src': ['self'],
					// The one style attribute is that of SvelteKit's own announcer for screen readers, on pages with script.
					'style-src': ['self', 'unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
					'worker-src': ['self']
				}
			}
		})
	]
});
