using Dapr.AspNetCore;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>Lets endpoints be for the sidecar only.</summary>
public static class DaprAuthorizationOptionsExtensions
{
    /// <summary>Adds a policy that asks for a call authenticated by the scheme "Dapr".</summary>
    public static void AddDapr(this AuthorizationOptions options, string name = "Dapr")
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddPolicy(name, policy =>
        {
            policy.AddAuthenticationSchemes(DaprAuthenticationHandler.SchemeName);
            policy.RequireAuthenticatedUser();
        });
    }
}
