import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['src/**/*.test.ts', 'server/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts', 'demo/**/*.test.ts'],
		globalSetup: ['test/global-setup.ts'],
		pool: 'forks',
		maxWorkers: 2,
		testTimeout: 90_000,
		hookTimeout: 120_000
	}
});
