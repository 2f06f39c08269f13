import { declarations } from '#platform/settings.ts';
import type { Generator } from '#server/generators/generator.ts';

/** docs/settings.md, from the settings' own declarations. */
export const settingsPage: Generator = {
	name: 'settings page',
	async generate() {
		const rows = Object.entries(declarations).map(([name, setting]) => {
			const secret = 'secret' in setting ? ' Its value is never shown.' : '';
			return `| \`${name}\` | ${setting.form} | ${defaultOf(setting.schema)} | ${setting.about}${secret} |`;
		});
		return {
			'docs/settings.md': `${[
				'# Settings',
				'',
				'Written by `bin/hamkor generate` from `src/platform/settings.ts`: change it there.',
				'',
				'Settings are environment variables. An empty one counts as left out. A value that is not possible stops the start with a sentence that names it.',
				'',
				'| name | form | default | meaning |',
				'|---|---|---|---|',
				...rows
			].join('\n')}\n`
		};
	}
};

function defaultOf(schema: { safeParse(value: unknown): { success: boolean; data?: unknown } }): string {
	const result = schema.safeParse(undefined);
	if (!result.success || result.data === undefined) return 'none';
	if (Array.isArray(result.data) && result.data.length === 0) return 'none';
	if (typeof result.data === 'boolean') return result.data ? '`1`' : '`0`';
	const text = String(result.data);
	// The data folder's default is where the program lies, which differs from machine to machine.
	return text.endsWith('.data') ? '`.data` in the project' : `\`${text}\``;
}
