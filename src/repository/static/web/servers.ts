import { mediaTypes } from '../../../oci/media-type.ts';

/** The folder of what web servers need, beside `v2/`. */
export const webFolder = 'alba-web';

/** The end of a document's name below {@link webFolder}, by which web servers know its media type. */
export const extensions: Readonly<Record<string, string>> = {
  [mediaTypes.oci.index]: 'oci-index',
  [mediaTypes.oci.manifest]: 'oci-manifest',
  [mediaTypes.docker.index]: 'docker-list',
  [mediaTypes.docker.manifest]: 'docker-manifest',
};

const all = Object.entries(extensions);
const index = mediaTypes.oci.index;

/** For nginx: goes into the `server` block whose `root` is the directory. */
const nginx = `# Include this in the server block whose root is the directory that "${webFolder}" lies in.
index index.html;
location ~ ^/v2/.+/manifests/[^/]+$ {
    types {
${all.map(([type, end]) => `        ${type} ${end};`).join('\n')}
    }
    try_files ${all.map(([, end]) => `/${webFolder}$uri.${end}`).join(' ')} =404;
}
location ~ ^/v2/.+/referrers/[^/]+$ {
    types {}
    default_type ${index};
}
location ~ ^/v2/.+/tags/list$ {
    types {}
    default_type application/json;
}
location ~ ^/v2/.+/blobs/[^/]+$ {
    types {}
    default_type application/octet-stream;
}
`;

/** For Caddy: imported into the site whose \`root\` is the directory. */
const caddy = `# Import this into the site whose root is the directory that "${webFolder}" lies in.
@manifests path_regexp ^/v2/.+/manifests/[^/]+$
route @manifests {
	try_files ${all.map(([, end]) => `/${webFolder}{path}.${end}`).join(' ')}
${all.map(([type, end]) => `	@${end} path *.${end}\n	header @${end} Content-Type ${type}`).join('\n')}
	file_server
}
@referrers path_regexp ^/v2/.+/referrers/[^/]+$
header @referrers Content-Type ${index}
@tags path_regexp ^/v2/.+/tags/list$
header @tags Content-Type application/json
@blobs path_regexp ^/v2/.+/blobs/[^/]+$
header @blobs Content-Type application/octet-stream
file_server
`;

/** For Apache httpd with mod_rewrite: included in the virtual host whose `DocumentRoot` is the directory. */
const apache = `# Include this in the virtual host whose DocumentRoot is the directory that "${webFolder}" lies in. Needs mod_rewrite.
DirectoryIndex index.html
<LocationMatch "^/(v2|${webFolder})/">
    RemoveEncoding .gz .tgz .Z .bz2
</LocationMatch>
RewriteEngine On
${all
  .map(
    ([type, end]) => `RewriteCond %{DOCUMENT_ROOT}/${webFolder}%{REQUEST_URI}.${end} -f
RewriteRule ^/v2/.+/manifests/[^/]+$ /${webFolder}%{REQUEST_URI}.${end} [T=${type},L]`,
  )
  .join('\n')}
RewriteRule ^/v2/.+/manifests/[^/]+$ - [R=404,L]
<LocationMatch "^/v2/.+/referrers/[^/]+$">
    ForceType ${index}
</LocationMatch>
<LocationMatch "^/v2/.+/tags/list$">
    ForceType application/json
</LocationMatch>
<LocationMatch "^/v2/.+/blobs/[^/]+$">
    ForceType application/octet-stream
</LocationMatch>
`;

/** What each web server includes, by its key. */
export const serverFiles: Readonly<Record<string, string>> = {
  [`${webFolder}/nginx.conf`]: nginx,
  [`${webFolder}/Caddyfile`]: caddy,
  [`${webFolder}/apache.conf`]: apache,
};
