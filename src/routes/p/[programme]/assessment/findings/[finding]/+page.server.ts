import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { standFinding } from '#modules/assessment/evidence-commands.server.ts';
import * as verbs from '#modules/assessment/permits.ts';
import { getFinding } from '#modules/assessment/queries.server.ts';
import { piecesOf } from '#modules/assessment/strength/queries.server.ts';
import { strengthOf } from '#modules/assessment/strength/strength.ts';
import { withdrawalPart } from '#modules/assessment/withdrawal/part.server.ts';
import { draftGap } from '#modules/gaps/permits.ts';
import { whoCanSee } from '#modules/network/queries.server.ts';
import { mayI, permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import { today } from '#platform/today.ts';
import { localizeHref } from '#paraglide/runtime.js';
import { lineAround } from '#thread/line.ts';
import { threadPath } from '#thread/paths.ts';
import { loadThread } from '#thread/queries.server.ts';
import { drawnSteps } from '../../../[records]/linked.server.ts';
import { namedPieces } from '../../../gaps/named-pieces.server.ts';

export const load: PageServerLoad = async (event) => {
	const { programme: facts } = await event.parent();
	return reading(event, async (tx) => {
		const { programme, finding: id } = event.params;
		const found = await getFinding(tx, programme, id);
		const readers = await whoCanSee(tx, verbs.evidenceReaders, programme, found.finding.placeId);
		const strength = strengthOf((await piecesOf(tx, [id])).get(id) ?? [], today(facts.timeZone));
		const pieces = await namedPieces(tx, programme, event.locals.locale, strength);
		const withdrawal = await withdrawalPart(tx, programme, 'finding', id);
		const clock = { today: today(facts.timeZone), stalledAfterDays: facts.stalledAfterDays };
		const steps = drawnSteps(lineAround(await loadThread(tx, programme), id, clock), clock.today, event.locals.locale, localizeHref(threadPath(programme, 'finding', id)));
		return { ...found, ...withdrawal, steps, strength, pieces, readers: [...new Set(readers.map((each) => each.displayName))], mayEdit: await mayI(tx, verbs.editFinding, id), mayWriteGap: await mayI(tx, draftGap, { programmeId: programme, placeId: found.finding.placeId }) };
	});
};

export const actions: Actions = {
	stand: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { programme, finding } = event.params;
			await standFinding(tx, await permit(tx, verbs.standFinding, finding));
			return `/p/${programme}/assessment/findings/${finding}`;
		})
};
