import type { Tx } from '#platform/database.server.ts';
import { defineVerb, inProgramme, type InProgramme, type Subject } from '#platform/permit.server.ts';
import { anywhere, makers } from '../permits.ts';

/** A list of a programme. */
export type ListOf = { readonly programmeId: string; readonly listId: string };

const list = async (tx: Tx, id: string): Promise<Subject | null> => {
	const found = await tx.selectFrom('assessment.entityList').select(['id', 'programmeId']).where('id', '=', id).executeTakeFirst();
	return found ? { ...found, placeId: null } : null;
};

/** Lists concern a programme as a whole, like the instruments that choose from them. */
export const makeEntityList = defineVerb('entity-list.make', { anyone: true, when: anywhere(makers), subject: (tx: Tx, target: InProgramme) => inProgramme(tx, target) });
export const editEntityList = defineVerb('entity-list.edit', { anyone: true, when: anywhere(makers), subject: list });
export const importEntities = defineVerb('entity-list.import', {
	anyone: true,
	when: anywhere(makers),
	subject: async (tx: Tx, { programmeId, listId }: ListOf) => {
		const found = await list(tx, listId);
		return found?.programmeId === programmeId ? found : null;
	}
});
