/** Writes the JSON schema of the settings file beside the built server: for editors. A step of the build. */

import { writeFileSync } from 'node:fs';
import { settingsJsonSchema } from '../config/schema.ts';

writeFileSync(
  new URL('../../config.schema.json', import.meta.url),
  `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`,
);
