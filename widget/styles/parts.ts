/** Which pieces a page can style by `::part()`: what the chat's templates do not export, as it is loaded late. */

const LATE =
  'header,title,button,icon-button,input,summary,thinking,call,values,source,note,figures,stats,actions,attachment,to-bottom,' +
  'table,image,link,footnote,footnotes,menu,option,sheet,conversation,undo,form,sort,radio,key,copy,message-footer';

/** Exports the pieces of a tree, and of all trees that it is in, to the page. */
export function exportParts(root: Node): void {
  if (!(root instanceof ShadowRoot) || root.host.localName === 'rivulet-chat') return;
  const { host } = root;
  const own = host.getAttribute('exportparts') ?? '';
  if (!own.endsWith(LATE)) host.setAttribute('exportparts', own ? `${own},${LATE}` : LATE);
  exportParts(host.getRootNode());
}
