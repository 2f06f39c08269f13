/** Escape closes a menu that is open over the page, and gives the keyboard back to what opened it. */
export function closeMenus(page: Document): void {
	page.addEventListener('keydown', (event) => {
		if (event.key !== 'Escape' || event.defaultPrevented) return;
		for (const menu of page.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
			menu.open = false;
			menu.querySelector('summary')?.focus();
		}
	});
}
