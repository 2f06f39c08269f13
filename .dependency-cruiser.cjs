/** The thread's order: a module may know those before it, never those after it. */
const modules = [
	'network', 'services', 'referrals', 'assessment', 'releases', 'gaps', 'training', 'plans', 'grants', 'results', 'policy'
];

const upward = modules.slice(0, -1).map((module, index) => ({
	name: `${module}-knows-nothing-after-it`,
	severity: 'error',
	comment: 'Imports point back toward evidence.',
	from: { path: `^src/modules/${module}/` },
	to: { path: `^src/modules/(${modules.slice(index + 1).join('|')})/` }
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		...upward,
		{
			name: 'only-known-modules',
			severity: 'error',
			comment: 'A new module takes its place in the order above first.',
			from: {},
			to: { path: '^src/modules/', pathNot: `^src/modules/(${modules.join('|')})/` }
		},
		{
			name: 'no-circles',
			severity: 'error',
			comment: 'A component may draw itself or a sibling inside itself: questions and places are trees.',
			from: { pathNot: '\\.svelte$' },
			to: { circular: true }
		},
		{
			name: 'platform-knows-no-module',
			severity: 'error',
			from: { path: '^src/platform/', pathNot: '\\.test\\.ts$' },
			to: { path: '^src/(modules|thread|routes|ui)/' }
		},
		{
			name: 'pure-parts-know-nothing',
			severity: 'error',
			comment: 'Forms and disclosure control compute; others read and write for them.',
			from: { path: '^src/(xforms|disclosure)/', pathNot: '\\.test\\.ts$' },
			to: { path: '^(src/(platform|modules|thread|routes|ui|offline)|server)/' }
		},
		{
			name: 'offline-knows-no-module',
			severity: 'error',
			comment: 'What is kept on a device is sealed bytes there, whatever they say.',
			from: { path: '^src/offline/', pathNot: '\\.test\\.ts$' },
			to: { path: '^(src/(platform|modules|thread|routes|ui|paraglide)|server)/' }
		},
		{
			name: 'ui-knows-no-module',
			severity: 'error',
			from: { path: '^src/ui/' },
			to: { path: '^src/(modules|thread|routes)/' }
		},
		{
			name: 'modules-know-no-page-and-no-thread',
			severity: 'error',
			from: { path: '^src/modules/' },
			to: { path: '^(src/(thread|routes)|server)/' }
		},
		{
			name: 'thread-only-reads',
			severity: 'error',
			from: { path: '^src/thread/' },
			to: { path: '(/commands\\.server\\.ts$|^src/routes/)' }
		},
		{
			name: 'private-files-of-a-module',
			severity: 'error',
			comment: 'Another module uses its nouns, commands and queries only.',
			from: { path: '^src/modules/([^/]+)/' },
			to: { path: '^src/modules/([^/]+)/(jobs\\.server\\.ts$|ui/)', pathNot: '^src/modules/$1/' }
		},
		{
			name: 'pages-load-no-server-file',
			severity: 'error',
			from: { path: '\\.svelte$' },
			to: { path: '\\.server\\.ts$' }
		},
		{
			name: 'nothing-imports-tests',
			severity: 'error',
			from: { path: '^(src|server)/', pathNot: '\\.test\\.ts$' },
			to: { path: '(\\.test\\.ts$|^test/)' }
		}
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		exclude: { path: '^(src/paraglide|build|\\.svelte-kit)/' },
		tsConfig: { fileName: 'tsconfig.json' },
		tsPreCompilationDeps: true,
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['import', 'types', 'node', 'default'],
			extensions: ['.ts', '.js', '.mjs', '.svelte']
		}
	}
};
