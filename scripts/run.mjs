// The way in, before any package is there: installs, picks the runtime, builds what changed, then hands over to
// server/cli/main.ts. Written without dependencies for Node 18 and newer.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './bootstrap/build.mjs';
import { handOver } from './bootstrap/handover.mjs';
import { ensureInstalled } from './bootstrap/install.mjs';
import { machineProblem } from './bootstrap/machine.mjs';
import { chooseNode } from './bootstrap/runtime.mjs';
import { giveUp } from './bootstrap/say.mjs';
import { commands } from './commands.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);
const [major = 0] = process.versions.node.split('.').map(Number);

if (major < 18) giveUp(`Hamkor needs Node 18 or newer to begin with. This is ${process.version}: install a newer nodejs.`);
const problem = machineProblem(process.env);
if (problem) giveUp(problem);

ensureInstalled(root);
const node = chooseNode(root);
const command = commands.find(({ name }) => name === args[0]);
const asksHelp = args.includes('--help') || args.includes('-h');

// What has been compiled once is there for the next start.
process.env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules/.cache/node');

if (args[0] === 'dev') {
	handOver(node, [path.join(root, 'node_modules/vite/bin/vite.js'), 'dev', ...args.slice(1)], root);
} else {
	if (command?.build && !asksHelp) ensureBuilt(root, node);
	handOver(
		node,
		['--disable-warning=ExperimentalWarning', path.join(root, 'server/cli/main.ts'), ...args],
		command?.fromRoot ? root : process.cwd()
	);
}
