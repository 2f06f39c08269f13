/** What the message compiler is told, in one place: the build, the tests and the command line all use it. */
const locales = ['uz', 'uz-Cyrl', 'ru', 'kaa', 'en'];

/** @type {import('@inlang/paraglide-js').CompilerOptions} */
export const paraglideOptions = {
	project: './project.inlang',
	outdir: './src/paraglide',
	strategy: ['url', 'cookie', 'baseLocale'],
	cookieName: 'hamkor_locale',
	urlPatterns: [
		{
			pattern: '/:path(.*)?',
			localized: locales.map((locale) => [locale, `/${locale}/:path(.*)?`])
		}
	]
};
