import { glossary } from '../../scripts/glossary.ts';
import type { Generator } from '#server/generators/generator.ts';

/** docs/glossary.md, from the terms. */
export const glossaryPage: Generator = {
	name: 'glossary',
	generate: async () => ({ 'docs/glossary.md': glossary() })
};
