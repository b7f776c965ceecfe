using Orchestration.Hosting.Errors;
using Orchestration.Hosting.Identity;

namespace Orchestration.Hosting.Blobs;

/// <summary>Where a blob lies: <c>tenant/collection/hash/n</c>. The parts are checked, because callers choose them.</summary>
internal readonly record struct BlobKey(string Tenant, string Collection, string Hash)
{
    public string Blob => $"{Collection}/{Hash}";

    public string Chunk(int n) => $"{Tenant}/{Collection}/{Hash}/{n}";

    /// <summary>Throws a failure when the parts are not of the right form.</summary>
    public static BlobKey Parse(string tenant, string blob)
    {
        var slash = blob.LastIndexOf('/');
        return slash > 0
            ? Create(tenant, blob[..slash], blob[(slash + 1)..])
            : throw FailureException.InvalidArgument($"'{blob}' is no blob: collection/hash is expected.");
    }

    /// <inheritdoc cref="Parse" />
    public static BlobKey Create(string tenant, string collection, string hash)
    {
        if (!TenantName.IsValid(tenant))
        {
            throw FailureException.InvalidArgument($"'{tenant}' is no tenant name.");
        }

        if (collection.Length is 0 or > 160 || !collection.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':'))
        {
            throw FailureException.InvalidArgument("The collection of a blob is 1 to 160 letters, digits, '-', '_', '.' and ':'.");
        }

        return hash.Length == 64 && hash.All(char.IsAsciiHexDigitLower)
            ? new BlobKey(tenant, collection, hash)
            : throw FailureException.InvalidArgument($"'{hash}' is no SHA-256 in lower-case hex.");
    }
}
