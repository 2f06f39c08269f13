/** The answer that hands a REFI-QDA file over: to be kept, never shown. */
export const refiResponse = (content: Uint8Array | string, name: string, type: string): Response =>
	new Response(typeof content === 'string' ? content : new Uint8Array(content), {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="${name}"`,
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox",
			'cache-control': 'private, no-store'
		}
	});
