import { deflateSync } from 'node:zlib';
import qrcode from 'qrcode';

/** What a collection link is handed out as. */
export type LinkSheet = { browser: string; browserCode: string; server: string | null; settingsCode: string | null };

/** A QR code as SVG text, without styles of its own. */
const code = (text: string): Promise<string> => qrcode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });

/** The settings of ODK Collect as its QR code holds them: JSON, deflated (zlib), base64. `admin` has to be there. */
export function collectSettings(serverUrl: string, projectName: string): string {
	const settings = { general: { server_url: serverUrl, form_update_mode: 'match_exactly', autosend: 'wifi_and_cellular' }, project: { name: projectName }, admin: {} };
	return deflateSync(Buffer.from(JSON.stringify(settings), 'utf8')).toString('base64');
}

/**
 * The addresses and codes of a link, for the one time that its secret is at hand.
 * @param sensitive then there is no server address: the round refuses collection apps
 */
export async function linkSheet(origin: string, secret: string, name: string, sensitive: boolean): Promise<LinkSheet> {
	const browser = `${origin}/c/${secret}`;
	const server = sensitive ? null : `${origin}/key/${secret}`;
	return { browser, browserCode: await code(browser), server, settingsCode: server === null ? null : await code(collectSettings(server, name)) };
}
