/* Starts the Connect page. */

import { Api } from "./api.js";
import { Journey } from "./journey.js";
import { openSession } from "./session.js";
import { Shell } from "./shell.js";

const session = openSession();
const shell = new Shell(document.getElementById("connect"), session, { leave: () => journey.leave() });
const journey = new Journey(shell, session, new Api(session.connectToken));
journey.start();
