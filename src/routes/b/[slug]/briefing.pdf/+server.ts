import type { RequestHandler } from './$types.js';
import { editionPdf } from '#modules/policy/briefing/pdf.server.ts';
import { publishedAt } from '../published.server.ts';

export const GET: RequestHandler = async (event) => {
	const { edition, fallen } = await publishedAt(event);
	const pdf = await editionPdf(edition, fallen);
	return new Response(new Uint8Array(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `inline; filename="${event.params.slug}-${edition.locale}.pdf"`,
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"
		}
	});
};
