/** Takes out of the widget's libraries what it never uses and no minifier can know to be unused. */

import type { Plugin } from 'vite';

/**
 * What the widget never uses of its libraries, and a minifier cannot know to be unused: each text of theirs, and what
 * stands in its place. Lit's decorators, `useDefault`, attributes of JSON, hydration, polyfills and lists of versions; its
 * directives, MathML, and expressions that are elements or lie in comments, `<style>` or `<textarea>`; the parser's
 * `reset()`, and its callbacks and errors that nobody hears.
 */
const unused: Record<string, ReadonlyArray<readonly [text: string, instead: string]>> = {
  '@lit/reactive-element/reactive-element.js': [
    ['Symbol.metadata??=Symbol("metadata"),a.litPropertyMetadata??=new WeakMap;', ''],
    [
      'const t=this[Symbol.metadata];if(null!==t){const s=litPropertyMetadata.get(t);if(void 0!==s)for(const[t,i]of s)this.elementProperties.set(t,i)}',
      '',
    ],
    ['static addInitializer(t){this._$Ei(),(this.l??=[]).push(t)}', ''],
    [',void 0!==t.l&&(this.l=[...t.l])', ''],
    [',this.constructor.l?.forEach(t=>t(this))', ''],
    ['||i.useDefault&&i.reflect&&h===this._$Ej?.get(t)&&!this.hasAttribute(r._$Eu(t,i))', ''],
    [
      'i&&!(this._$Ej??=new Map).has(t)&&(this._$Ej.set(t,r??s??this[t]),!0!==h||void 0!==r)||(this._$AL.has(t)||(this.hasUpdated||i||(s=void 0),this._$AL.set(t,s)),',
      '(this._$AL.has(t)||(this.hasUpdated||(s=void 0),this._$AL.set(t,s)),',
    ],
    ['r??this._$Ej?.get(e)??r', 'r'],
    [
      'const t=this.constructor.elementProperties;if(t.size>0)for(const[s,i]of t){const{wrapped:t}=i,e=this[s];!0!==t||this._$AL.has(s)||void 0===e||this.C(s,void 0,i,e)}',
      '',
    ],
    [',this.prototype.hasOwnProperty(t)&&((s=Object.create(s)).wrapped=!0)', ''],
    ['removeController(t){this._$EO?.delete(t)}', ''],
    ['break;case Object:case Array:t=null==t?t:JSON.stringify(t)', ''],
    ['break;case Object:case Array:try{i=JSON.parse(t)}catch(t){i=null}', ''],
    [',p=a.reactiveElementPolyfillSupport', ''],
    [',p?.({ReactiveElement:y}),(a.reactiveElementVersions??=[]).push("2.1.2")', ''],
  ],
  'lit-html/lit-html.js': [
    [',B=t.litHtmlPolyfillSupport;B?.(S,k),(t.litHtmlVersions??=[]).push("3.3.3")', ''],
    [
      'let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
      'return i}',
    ],
    ['if(i===E)return i;', ''],
    ['this._$AN=void 0,this._$AD=t', 'this._$AD=t'],
    ['this._$AH=A,this._$AN=void 0,this._$AA=t', 'this._$AH=A,this._$AA=t'],
    ['this._$AH=A,this._$AN=void 0,this.element=t', 'this._$AH=A,this.element=t'],
    ['for(this._$AP?.(!1,!0,s);t!==this._$AB;)', 'for(;t!==this._$AB;)'],
    [',this._$Cv=e?.isConnected??!0', ''],
    ['get _$AU(){return this._$AM?._$AU??this._$Cv}', ''],
    ['get _$AU(){return this._$AM._$AU}', ''],
    ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
    [':3===i?"<math>":""', ':""'],
    [':3===i?"</math>":""', ':""'],
    ['2===i||3===i', '2===i'],
    [
      'e="number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)',
      'e=this._$AC(t)',
    ],
    ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t))', ''],
    [
      ':1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))',
      ':i=new r.ctor(h,r.name,r.strings,this,t)',
    ],
    [
      'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
      '',
    ],
    ['void 0!==u[2]?(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', 'void 0!==u[2]?(c=p)'],
    ['else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}', ''],
    ['if(!u(t)||!t.hasOwnProperty("raw"))throw Error("invalid template strings array");', ''],
  ],
  'lit-element/lit-element.js': [
    [',s.litElementHydrateSupport?.({LitElement:i})', ''],
    ['const o=s.litElementPolyfillSupport;o?.({LitElement:i});', ''],
    ['(s.litElementVersions??=[]).push("4.2.2");', ''],
    ['connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}', ''],
    ['disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}', ''],
    [',this._$Do=void 0', ''],
    ['this._$Do=e(', 'e('],
    ['this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),', ''],
  ],
  'eventsource-parser/dist/parse.js': [
    [
      'const { maxBufferSize, onComment, onError, onEvent, onId, onRetry } = config;',
      'const { maxBufferSize, onError, onEvent } = config; let onComment, onId, onRetry;',
    ],
    ['return { feed, reset };', 'return { feed };'],
    [
      'Cannot feed parser: it was terminated after exceeding the configured max buffer size. Call `reset()` to resume parsing.',
      '',
    ],
    ['Buffered data exceeded max buffer size of ${maxBufferSize} characters', ''],
    [
      'onError(new ParseError(`Invalid \\`retry\\` value: "${value}"`, {\n                        type: \'invalid-retry\',\n                        value,\n                        line,\n                    }))',
      'void 0',
    ],
    [
      'onError(new ParseError(`Unknown field "${field.length > 20 ? `${field.slice(0, 20)}…` : field}"`, { type: \'unknown-field\', field, value, line }))',
      'void 0',
    ],
  ],
};

/** Takes that out. Another version of a library is to be looked at: what is not found there is an error. */
export function withoutUnused(): Plugin {
  return {
    name: 'without-unused',
    enforce: 'pre',
    transform: {
      filter: { id: /\/node_modules\/(@?lit|eventsource-parser)/ },
      handler(code, id) {
        for (const [text, instead] of unused[id.split('/node_modules/').at(-1) ?? ''] ?? []) {
          if (!code.includes(text)) throw new Error(`${id} has changed, and has no “${text}”.`);
          code = code.replaceAll(text, () => instead);
        }
        return code;
      },
    },
  };
}

/**
 * Takes out of Lit what makes style sheets of text, and `<style>` elements where a browser has no constructed sheets:
 * widget/styles/css.ts makes all sheets, and needs such a browser anyway.
 */
export function constructedSheets(): Plugin {
  return {
    name: 'constructed-sheets',
    enforce: 'pre',
    transform: {
      filter: { id: /\/@lit\/reactive-element\/css-tag\.js$/ },
      handler: () => `
        export const getCompatibleStyle = sheet => sheet;
        export const adoptStyles = (root, sheets) => { root.adoptedStyleSheets = sheets; };
        // Lit exports them again, and nobody imports them.
        export let css, unsafeCSS, CSSResult, supportsAdoptingStyleSheets;
      `,
    },
  };
}
