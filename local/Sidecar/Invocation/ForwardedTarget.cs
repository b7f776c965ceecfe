using Microsoft.AspNetCore.Http.Features;
using Sidecar.Apps;

namespace Sidecar.Invocation;

/// <summary>Where a forwarded request goes: always to the replica itself, whatever its path says.</summary>
internal static class ForwardedTarget
{
    private static readonly string[] Forbidden = ["%2f", "%5c", "%2e", "\\"];

    /// <summary>Whether the path means to the app what it means to the rules in front of it.</summary>
    public static bool IsPlain(string path) =>
        !Forbidden.Any(part => path.Contains(part, StringComparison.OrdinalIgnoreCase))
            && !path.Split('/').Any(segment => segment is "." or "..");

    /// <summary>Null when the path would lead elsewhere: one that begins with two slashes can be taken for another host.</summary>
    public static Uri? Create(AppReplica replica, string path, string query)
    {
        var isPath = path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal);
        return isPath && Uri.TryCreate(replica.Address.GetLeftPart(UriPartial.Authority) + path + query, UriKind.Absolute, out var target)
            && target.Host == replica.Address.Host && target.Port == replica.Address.Port
            ? target
            : null;
    }

    /// <summary>The path as it was sent, before routing decoded it, without its first <paramref name="skipped"/> segments.</summary>
    public static string RawPath(HttpContext context, int skipped)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = raw.Split('?')[0];
        if (!path.StartsWith('/') && path.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0)
        {
            path = From(path, path.IndexOf('/', scheme + 3));
        }

        for (var i = 0; i < skipped && path.Length > 0; i++)
        {
            path = From(path, path.IndexOf('/', 1));
        }

        return path.Length == 0 ? "/" : path;
    }

    private static string From(string path, int index) => index < 0 ? "" : path[index..];
}
