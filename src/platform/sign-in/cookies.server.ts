import type { RequestEvent } from '@sveltejs/kit';
import { deviceLabel } from './device-label.ts';
import { rememberDevice } from './device.server.ts';
import type { Browser, Entered } from './sign-in.server.ts';

type Event = Pick<RequestEvent, 'cookies' | 'url' | 'request'>;
type Name = 'hamkor_session' | 'hamkor_device' | 'hamkor_step' | 'hamkor_demo';

/** Over HTTPS the browser itself guarantees by `__Host-` that no other host or path has set the cookie. */
const named = (event: Pick<RequestEvent, 'url'>, name: Name): string => (event.url.protocol === 'https:' ? `__Host-${name}` : name);

/** A cookie of ours. */
export const getCookie = (event: Pick<RequestEvent, 'cookies' | 'url'>, name: Name): string | undefined => event.cookies.get(named(event, name));

/** Sets a cookie that scripts cannot read; `secure` by what the request came over. @param seconds left out: until the browser closes */
export function setCookie(event: Pick<RequestEvent, 'cookies' | 'url'>, name: Name, value: string, seconds?: number): void {
	event.cookies.set(named(event, name), value, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: event.url.protocol === 'https:',
		...(seconds === undefined ? {} : { maxAge: seconds })
	});
}

export function dropCookie(event: Pick<RequestEvent, 'cookies' | 'url'>, name: Name): void {
	event.cookies.delete(named(event, name), { path: '/', httpOnly: true, sameSite: 'lax', secure: event.url.protocol === 'https:' });
}

/** What a sign-in needs to know of the browser. */
export const browserOf = (event: Event): Browser => ({
	device: getCookie(event, 'hamkor_device'),
	session: getCookie(event, 'hamkor_session'),
	label: deviceLabel(event.request.headers.get('user-agent'))
});

/** Hands the browser its session and remembers the device for this person. */
export function keepEntered(event: Event, entered: Entered): void {
	setCookie(event, 'hamkor_session', entered.token);
	setCookie(event, 'hamkor_device', rememberDevice(getCookie(event, 'hamkor_device'), entered.signInName), 400 * 86_400);
	dropCookie(event, 'hamkor_step');
}
