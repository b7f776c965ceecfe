using Dapr.AspNetCore;

namespace Microsoft.AspNetCore.Authentication;

/// <summary>Recognizes calls of the sidecar.</summary>
public static class DaprAuthenticationBuilderExtensions
{
    /// <summary>Adds the scheme "Dapr": calls that carry the app token.</summary>
    public static AuthenticationBuilder AddDapr(this AuthenticationBuilder builder) => builder.AddDapr(_ => { });

    /// <summary>Adds the scheme "Dapr": calls that carry the app token.</summary>
    public static AuthenticationBuilder AddDapr(this AuthenticationBuilder builder, Action<DaprAuthenticationOptions> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddScheme<DaprAuthenticationOptions, DaprAuthenticationHandler>(DaprAuthenticationHandler.SchemeName, configureOptions);
    }
}
