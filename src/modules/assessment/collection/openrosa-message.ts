const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for an XML document; what XML cannot hold is left out. */
export const escapeXml = (text: string): string =>
	text
		.toWellFormed()
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

/** A sentence in the envelope from which collection apps read it. */
export const openRosaMessage = (nature: 'error' | 'submit_success', text: string): string =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<OpenRosaResponse xmlns="http://openrosa.org/http/response">\n\t<message nature="${nature}">${escapeXml(text)}</message>\n</OpenRosaResponse>\n`;
