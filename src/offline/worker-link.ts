/** What the worker of the filling pages is registered for: a folder of its own, never the whole site. */
const script = '/service-worker.js';

/**
 * Lets the filling pages below `scope` open without a connection.
 * @returns whether they will, once this has come true
 */
export async function registerWorker(scope: string): Promise<boolean> {
	if (!('serviceWorker' in navigator)) return false;
	try {
		const registration = await navigator.serviceWorker.register(script, { scope, updateViaCache: 'none' });
		return await active(registration);
	} catch {
		return false;
	}
}

/** Resolves when a worker of this registration has all it needs. */
async function active(registration: ServiceWorkerRegistration): Promise<boolean> {
	if (registration.active) return true;
	const coming = registration.installing ?? registration.waiting;
	if (!coming) return false;
	return new Promise((resolve) => {
		const look = (): void => {
			if (coming.state === 'activated') resolve(true);
			if (coming.state === 'redundant') resolve(false);
		};
		coming.addEventListener('statechange', look);
		look();
	});
}

/** Takes every worker and everything that it keeps off this device. */
export async function dropWorkers(): Promise<void> {
	if ('serviceWorker' in navigator) {
		for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
	}
	if ('caches' in globalThis) for (const name of await caches.keys()) await caches.delete(name);
}
