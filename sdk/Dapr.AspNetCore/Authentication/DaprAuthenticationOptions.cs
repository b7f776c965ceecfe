using Microsoft.AspNetCore.Authentication;

namespace Dapr.AspNetCore;

/// <summary>How calls of the sidecar are recognized.</summary>
public class DaprAuthenticationOptions : AuthenticationSchemeOptions
{
    /// <summary>The token the sidecar sends; by default that of the configuration or the environment.</summary>
    public string? Token { get; set; }
}
