import { Secret, TOTP } from 'otpauth';
import qrcode from 'qrcode';
import { seal, unseal } from './seal.server.ts';

const period = 30;
const make = (secret: string, label = 'Hamkor'): TOTP =>
	new TOTP({ issuer: 'Hamkor', label, algorithm: 'SHA1', digits: 6, period, secret: Secret.fromBase32(secret) });

/** A new secret for an authenticator app, in base 32: 160 bits, as RFC 4226 recommends. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

export const sealTotp = (secret: string): Buffer => seal('totp', secret);
export const unsealTotp = (sealed: Buffer): string | null => unseal('totp', sealed);

/**
 * The time step (30 s since 1970, RFC 6238) that a code belongs to: this one, the one before or the one after; null when
 * none fits. The caller refuses a step that was used already.
 */
export function totpStep(secret: string, code: string, now: Date): number | null {
	const typed = code.replace(/\s/g, '');
	if (!/^\d{6}$/.test(typed)) return null;
	const delta = make(secret).validate({ token: typed, timestamp: now.getTime(), window: 1 });
	return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta;
}

/** The code of a moment: for tests. */
export const totpCode = (secret: string, now: Date): string => make(secret).generate({ timestamp: now.getTime() });

/** What an authenticator app scans, as a picture for `<img src>`. */
export async function totpPicture(secret: string, signInName: string): Promise<string> {
	return svgAddress(make(secret, signInName).toString());
}

/** A QR code as the address of an SVG picture; no style attribute, so that the content policy lets it pass. */
export async function svgAddress(text: string): Promise<string> {
	const svg = await qrcode.toString(text, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
	return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

/** An app's secret travels in the form, sealed for the link that it was shown under, so that nothing is kept before the form is accepted. */
export const totpPurpose = (token: string): string => `totp of link ${token}`;

/** A secret to set an app up with, as a page shows it and its form sends it back. */
export const offerTotp = async (token: string, secret: string) => ({
	secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
	sealed: seal(totpPurpose(token), secret).toString('base64url'),
	picture: await totpPicture(secret, 'Hamkor')
});
