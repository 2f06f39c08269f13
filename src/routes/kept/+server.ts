import type { RequestHandler } from './$types.js';
import { inTransaction, type Tx } from '#platform/database.server.ts';
import { findKept, forgetKept, keepForm, keptAddress, keptBody, keptLimit } from '#platform/kept-forms.server.ts';

/** For the small script of pages with a form: what was typed there and not sent. Answers a script, in statuses. */
export const GET: RequestHandler = (event) =>
	forPage(event, async (tx, path) => {
		const kept = await findKept(tx, path);
		if (!kept) return new Response(null, { status: 204 });
		return Response.json({ values: kept.typed, keptAt: kept.keptAt.toISOString() });
	});

export const PUT: RequestHandler = async (event) => {
	const fields = keptBody.safeParse(await sentJson(event.request));
	if (!fields.success) return new Response(null, { status: 400 });
	return forPage(event, async (tx, path) => {
		await keepForm(tx, path, fields.data);
		return new Response(null, { status: 204 });
	});
};

export const DELETE: RequestHandler = (event) =>
	forPage(event, async (tx, path) => {
		await forgetKept(tx, path);
		return new Response(null, { status: 204 });
	});

async function forPage({ url, locals }: { url: URL; locals: App.Locals }, work: (tx: Tx, path: string) => Promise<Response>): Promise<Response> {
	const { actor } = locals;
	if (actor.kind !== 'person') return new Response(null, { status: 401 });
	const asked = keptAddress.safeParse(Object.fromEntries(url.searchParams));
	if (!asked.success) return new Response(null, { status: 400 });
	return inTransaction(actor, (tx) => work(tx, asked.data.of));
}

/** JSON alone: a form of another site cannot send it without asking first. */
async function sentJson(request: Request): Promise<unknown> {
	if (!request.headers.get('content-type')?.startsWith('application/json')) return undefined;
	const text = await request.text();
	if (text.length > keptLimit || text.includes('\\u0000')) return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
