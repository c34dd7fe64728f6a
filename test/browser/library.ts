/** The library's doors for a browser, as one script has them. */
import * as library from '../../host/index.js'
import * as web from '../../host/web/index.js'

export const LIBRARY_DOORS = { library, web }

Object.assign(globalThis, { linkpulse: LIBRARY_DOORS })
