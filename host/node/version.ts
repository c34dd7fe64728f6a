declare const LINKPULSE_VERSION: string | undefined

/** Of the package; the build writes it in. */
export const PACKAGE_VERSION = typeof LINKPULSE_VERSION === 'string' ? LINKPULSE_VERSION : 'built from source'
