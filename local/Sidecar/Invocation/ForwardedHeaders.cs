using Microsoft.Extensions.Primitives;

namespace Sidecar.Invocation;

/// <summary>Which headers pass through, and which only a sidecar may set.</summary>
internal static class ForwardedHeaders
{
    public const string Token = "dapr-api-token";
    private const string Caller = "dapr-caller-app-id";
    private const string Callee = "dapr-callee-app-id";
    private const string CallerNamespace = "dapr-caller-namespace";

    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "host", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer",
        "transfer-encoding", "upgrade", Token, Caller, Callee, CallerNamespace,
    };

    public static bool IsForwarded(string name) => name.Length > 0 && name[0] != ':' && !NotForwarded.Contains(name);

    public static void Copy(HttpRequestMessage request, string name, StringValues values)
    {
        if (IsForwarded(name) && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
        {
            request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }

    public static void SetIdentity(HttpRequestMessage request, string caller, string callee, string? appToken)
    {
        foreach (var (name, value) in Identity(caller, callee, appToken))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>Who calls whom, and the token the app wants to see.</summary>
    public static IEnumerable<(string Name, string Value)> Identity(string caller, string callee, string? appToken)
    {
        yield return (Caller, caller);
        yield return (Callee, callee);
        yield return (CallerNamespace, "default");
        if (appToken is not null)
        {
            yield return (Token, appToken);
        }
    }
}
