import { z } from 'zod';
import { REFI_LIMITS } from './read.ts';
import type { RefiCode, RefiProject } from './project.ts';
import { normaliseWithMoves } from '../text.ts';

const text = z.string();
const code: z.ZodType<RefiCode> = z.object({ guid: z.uuid(), name: text, codable: z.boolean(), color: text.nullable(), description: text, get children() { return z.array(code); } });

/** A project on its way in, between its reading and its keeping: it travels in the form, for its texts are not masked yet. */
export const pendingProject = z.object({
	users: z.array(z.object({ guid: z.uuid(), name: text })).max(500),
	codes: z.array(code).max(REFI_LIMITS.codes),
	sources: z
		.array(
			z.object({
				text,
				variables: z.record(z.string(), text),
				marks: z.array(z.object({ starts: z.int().min(0), ends: z.int().min(1), code: z.uuid(), user: z.uuid().nullable(), memo: text })).max(REFI_LIMITS.selections)
			})
		)
		.max(REFI_LIMITS.sources)
});
export type PendingProject = z.output<typeof pendingProject>;

/** A project that was read, with its texts as they would be stored. Names of sources are left behind: they may name people. */
export function pendingOf(project: RefiProject): PendingProject {
	return {
		users: [...project.users],
		codes: [...project.codes],
		sources: project.sources.map((source) => {
			const { text: body, move } = normaliseWithMoves(source.text);
			return {
				text: body,
				variables: { ...source.variables },
				marks: source.selections.flatMap(({ starts, ends, description, codes }) =>
					codes.map((each) => ({ starts: move(starts), ends: move(ends), code: each.code, user: each.user, memo: description })).filter((mark) => mark.starts < mark.ends)
				)
			};
		})
	};
}
