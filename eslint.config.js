import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/** What no file may import, types and `.svelte` files included; the order of modules is dependency-cruiser's. */
const everywhere = [{ regex: '^\\$lib', message: 'Import by #platform, #modules, #ui and the like.' }];
/** Pages lie deep in their folders and share pieces with their neighbours; all others have names for what is far away. */
const farAway = {
	regex: '^(?:\\.\\./){2,}(?!\\.\\./|test/|scripts/|messages/|bench/|demo/)',
	message: 'Import by #platform, #modules, #ui and the like.'
};
const fromModules = { regex: '^#(?:modules|thread)/', message: 'What lies below the modules knows none of them.' };
const fromPlatform = { regex: '^#platform/', message: 'This part is pure: it knows no platform.' };

/** A transaction below the address of a programme is held to that programme: `asking`, `reading` and `acting` see to it. */
const unheld = { regex: '^#platform/database', importNames: ['inTransaction', 'inSnapshot'], message: 'Ask by asking, reading or acting: they hold the transaction to the programme of the address.' };

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
			// `as const` stays allowed.
			'@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
			'@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
			'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
			'no-restricted-syntax': [
				'error',
				{ selector: 'TSEnumDeclaration', message: 'Node strips types and knows no enums: use a list of names.' },
				{ selector: 'TSParameterProperty', message: 'Node strips types and knows no parameter properties.' }
			],
			'no-console': ['error', { allow: ['error', 'warn'] }],
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			// Addresses are localized by the router's own function, which the rule does not know.
			'svelte/no-navigation-without-resolve': 'off',
			...restrict(farAway)
		}
	},
	{ files: ['**/*.test.ts'], rules: { 'max-lines': ['error', { max: 450, skipBlankLines: true, skipComments: true }] } },
	{ files: ['scripts/**', '**/*.cjs'], rules: { 'no-console': 'off' } },
	{ files: ['src/platform/**'], ignores: ['**/*.test.ts'], rules: restrict(farAway, fromModules) },
	{ files: ['src/ui/**'], rules: restrict(farAway, fromModules) },
	{ files: ['src/xforms/**', 'src/disclosure/**'], ignores: ['**/*.test.ts'], rules: restrict(farAway, fromModules, fromPlatform) },
	{ files: ['src/routes/**'], rules: restrict() },
	{ files: ['src/routes/p/**'], rules: restrict(unheld) }
);
