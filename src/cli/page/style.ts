/** Light and dark, on a screen and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--text:light-dark(#1b2426,#e4eaeb);--quiet:light-dark(#55646a,#9fb0b6);
--line:light-dark(#d5dcde,#354246);--main:light-dark(#0b5c6b,#63c3d6);--band:light-dark(#9cc6ce,#3f7079);
--good:light-dark(#1f6b34,#6fce8a);--bad:light-dark(#a3262a,#ff9a94);--plan:light-dark(#7a3b8f,#cf9be0)}
body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:light-dark(#fff,#14191b);
max-width:62rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
h1{margin-bottom:.2rem}h2{margin-top:2.2rem}figure{margin:1rem 0}
figcaption,caption,.quiet{color:var(--quiet);font-size:.9rem;text-align:left}
svg{width:100%;max-width:46rem;height:auto}figure.square svg{max-width:24rem}
svg text{font:12px system-ui,sans-serif;fill:var(--quiet)}
line.grid{stroke:var(--line)}polyline{fill:none;stroke-width:2}
.ideal,.crm{stroke:var(--quiet);stroke-dasharray:5 4}.error{stroke:var(--main);stroke-width:1.5}
polyline.ours,line.ours{stroke:var(--main);stroke-width:2.5}circle.ours,circle.mark{fill:var(--main)}
polyline.table{stroke:var(--plan)}circle.table.mark{fill:var(--plan)}
polyline.base{stroke:var(--quiet)}circle.base.mark{fill:var(--quiet)}
.band{fill:var(--band)}.inside{fill:var(--good)}.outside{fill:var(--bad)}
.whole{fill:var(--main)}.up{fill:var(--good)}.down{fill:var(--bad)}.theirs{fill:var(--plan)}
.said{fill:var(--main)}.brought{fill:var(--good)}
.key{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;list-style:none;font-size:.9rem}
.key i{display:inline-block;width:1rem;height:.6rem;margin-right:.4rem;background:currentColor}
.key .k-main{color:var(--main)}.key .k-plan{color:var(--plan)}.key .k-quiet{color:var(--quiet)}
.key .k-good{color:var(--good)}.key .k-bad{color:var(--bad)}.key .k-band{color:var(--band)}
.key span{color:var(--text)}.wide{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem;margin:1rem 0;font-variant-numeric:tabular-nums}
th,td{border-bottom:1px solid var(--line);padding:.3rem .7rem .3rem 0;text-align:left;vertical-align:top}
table.numbers td,td.whole{white-space:nowrap}th{overflow-wrap:normal}td{overflow-wrap:break-word}
.minutes{display:block;margin:.8rem 0}.minutes span{display:block;color:var(--quiet);font-size:.9rem}
.minutes textarea{width:100%;box-sizing:border-box;font:inherit;color:inherit;background:none;
border:1px solid var(--line);border-radius:4px;padding:.4rem;field-sizing:content}
@page{margin:15mm}
@media print{:root{color-scheme:light}body{margin:0;max-width:none;font-size:11pt}
figure,tr,.minutes{break-inside:avoid}h2{break-after:avoid}
svg,.key i{print-color-adjust:exact;-webkit-print-color-adjust:exact}.wide{overflow:visible}}`;
