import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/** What no file may import, types and `.svelte` files included; the order of modules is dependency-cruiser's. */
const everywhere = [
	{ regex: '^\\$lib', message: 'Import by #platform, #modules, #ui and the like.' },
	{ regex: '^(?:\\.\\./){2,}(?!test/|scripts/|messages/|bench/|demo/)', message: 'Import by #platform, #modules, #ui and the like.' }
];
const fromModules = { regex: '^#(?:modules|thread)/', message: 'What lies below the modules knows none of them.' };
const fromPlatform = { regex: '^#platform/', message: 'This part is pure: it knows no platform.' };

const restrict = (...patterns) => ({
	'no-restricted-imports': ['error', { patterns: [...everywhere, ...patterns] }]
});

export default tseslint.config(
	{ ignores: ['build/', '.svelte-check/', '.svelte-kit/', '.data/', 'node_modules/', 'src/paraglide/', 'src/platform/schema.ts', 'test-results/'] },
	...tseslint.configs.recommended,
	...svelte.configs['flat/recommended'],
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: tseslint.parser } }
	},
	{
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/ban-ts-comment': 'error',
			'no-console': ['error', { allow: ['error', 'warn'] }],
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			// Addresses are localized by the router's own function, which the rule does not know.
			'svelte/no-navigation-without-resolve': 'off',
			...restrict()
		}
	},
	{ files: ['scripts/**', '**/*.cjs'], rules: { 'no-console': 'off' } },
	{ files: ['src/platform/**'], ignores: ['**/*.test.ts'], rules: restrict(fromModules) },
	{ files: ['src/ui/**'], rules: restrict(fromModules) },
	{ files: ['src/xforms/**', 'src/disclosure/**'], ignores: ['**/*.test.ts'], rules: restrict(fromModules, fromPlatform) }
);
