// Zod compiles its checks with `new Function` where it may. The console's Content-Security-Policy forbids that, and only asking
// would already be reported as a violation. Zod asks when a schema is made, so this module comes before all that make schemas.
import { config } from "zod";

config({ jitless: true });
