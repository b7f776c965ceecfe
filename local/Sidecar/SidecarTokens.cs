using System.Security.Cryptography;
using System.Text;
using Sidecar.Apps;
using Sidecar.Invocation;

namespace Sidecar;

/// <summary>The two tokens: what apps show to the sidecar, and what the sidecar shows to apps. Unset means unchecked.</summary>
internal sealed class SidecarTokens(string? api, string? app)
{
    /// <summary>What goes with every call to this app.</summary>
    public string? App(AppReplica replica) => replica.Entry.AppToken ?? app;

    /// <summary>Whether a request to this app's sidecar shows the right token.</summary>
    public bool IsAllowed(AppReplica replica, HttpRequest request)
    {
        var expected = replica.Entry.ApiToken ?? api;
        return string.IsNullOrEmpty(expected) || Matches(expected, request.Headers[ForwardedHeaders.Token].ToString());
    }

    private static bool Matches(string expected, string shown) =>
        CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(shown)));
}
