/** The package's entry where there is no DOM, as on a server that renders pages: it defines nothing, and can be imported. */

/** In a browser it is the element. Here it is only there to be named. */
export class RivuletChat {}
