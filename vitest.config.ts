import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts'],
		globalSetup: ['test/global-setup.ts'],
		setupFiles: ['test/worker-folder.ts'],
		pool: 'forks',
		// Modules are loaded once for a worker and not once for each file: no test changes what stands in them.
		isolate: false,
		env: { HAMKOR_LOG_LEVEL: 'silent' },
		maxWorkers: 2,
		// The messages, together in one file, and the runtime that they share with who imports it: node loads them as they are.
		server: { deps: { external: [/\/build\/messages\.js$/, /\/src\/paraglide\//] } },
		// Longer than one step on a page may take (test/browser.ts), so that the step says what it waited for.
		testTimeout: 240_000,
		hookTimeout: 240_000
	}
});
