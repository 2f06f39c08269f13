import type { PageServerLoad } from './$types.js';
import { findReceipt, listErasures } from '#modules/assessment/fieldwork/erasure-queries.server.ts';
import { findReceipts } from '#modules/assessment/fieldwork/permits.ts';
import { mayI } from '#platform/permit.server.ts';
import { reading } from '#platform/request.server.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme } = event.params;
		const receipt = (event.url.searchParams.get('receipt') ?? '').trim().slice(0, 100);
		const finds = await mayI(tx, findReceipts, { programmeId: programme });
		return { receipt, finds, found: finds && receipt !== '' ? await findReceipt(tx, programme, receipt) : [], erasures: await listErasures(tx, programme) };
	});
