using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dapr.AspNetCore;

/// <summary>Takes a call with the app token for one of the sidecar.</summary>
internal sealed class DaprAuthenticationHandler(
    IOptionsMonitor<DaprAuthenticationOptions> options, ILoggerFactory logger, UrlEncoder encoder, IConfiguration configuration)
    : AuthenticationHandler<DaprAuthenticationOptions>(options, logger, encoder)
{
    public const string SchemeName = "Dapr";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    private AuthenticateResult Authenticate()
    {
        if (!Request.Headers.TryGetValue("dapr-api-token", out var sent))
        {
            return AuthenticateResult.NoResult();
        }

        var expected = string.IsNullOrWhiteSpace(Options.Token) ? DaprDefaults.GetDefaultAppApiToken(configuration) : Options.Token;
        if (expected.Length == 0)
        {
            return AuthenticateResult.Fail("No app token is configured.");
        }

        // In constant time, which the official package does not do.
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent.ToString()), Encoding.UTF8.GetBytes(expected)))
        {
            return AuthenticateResult.Fail("The app token is wrong.");
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, SchemeName)], Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }
}
