import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts'],
		globalSetup: ['test/global-setup.ts'],
		pool: 'forks',
		maxWorkers: 2,
		// Longer than one step on a page may take (test/browser.ts), so that the step says what it waited for.
		testTimeout: 240_000,
		hookTimeout: 240_000
	}
});
