import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { toCyrillic } from '#platform/transliterate.ts';
import { terms } from './glossary-terms.ts';

/** `docs/glossary.md` as it should stand: the terms in five languages, Uzbek Cyrillic made from Uzbek Latin. */
export function glossary(): string {
	const parts = terms.map(
		([heading, list]) => `## ${heading}

| English | Oʻzbekcha | Ўзбекча | Русский | Qaraqalpaqsha | What is meant |
|---|---|---|---|---|---|
${list.map(([en, uz, ru, kaa, meaning]) => `| ${[en, uz, toCyrillic(uz), ru, kaa, meaning].join(' | ')} |`).join('\n')}
`
	);
	return `# Glossary

Written from \`scripts/glossary-terms.ts\` by \`node scripts/glossary.ts\`; do not edit. No native reader has approved these
words yet (see \`translation.md\`).

${parts.join('\n')}`;
}

/** Writes the glossary under `root` when it changes; answers the file if it did. */
export function generateGlossary(root = '.'): string[] {
	const file = path.join(root, 'docs', 'glossary.md');
	if (existsSync(file) && readFileSync(file, 'utf8') === glossary()) return [];
	writeFileSync(file, glossary());
	return [file];
}

if (import.meta.main) generateGlossary();
